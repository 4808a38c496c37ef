package org.townsquare.platform;

import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;

/** Tells Quarkus, when it builds, to prepare the OpenAPI document {@link WhenAsked}. */
public class DocumentWhenAsked implements BuildCompatibleExtension {
    @Enhancement(types = OpenApiDocumentService.class)
    public void isPreparedLater(ClassConfig documents) {
        documents.addAnnotation(WhenAsked.class);
    }
}
