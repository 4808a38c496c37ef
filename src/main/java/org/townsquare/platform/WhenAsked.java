package org.townsquare.platform;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** What it prepares is prepared later than the start, or when it is asked for: {@link WhenAskedInterceptor}. */
@InterceptorBinding
@Retention(RUNTIME)
@Target({TYPE, METHOD})
@interface WhenAsked {}
