package org.townsquare.identity;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The permission that an endpoint is about. An API key needs it among its scopes ({@code 403 scope-missing}), and an admin who acts as another
 * needs it to be marked so ({@code 403 impersonation-forbidden}). Whether the user holds it is asked by the act, who knows the thing.
 */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Access {
    @Nonbinding
    Permission value();
}
