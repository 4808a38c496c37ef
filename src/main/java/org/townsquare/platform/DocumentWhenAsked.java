package org.townsquare.platform;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.ClassConfig;
import jakarta.enterprise.inject.build.compatible.spi.Enhancement;
import java.util.List;

/**
 * Tells Quarkus, when it builds, to prepare the OpenAPI document {@link WhenAsked}. Not in dev and tests, where its class does not see ours, and no start
 * has to be fast.
 */
public class DocumentWhenAsked implements BuildCompatibleExtension {
    @Enhancement(types = OpenApiDocumentService.class)
    public void isPreparedLater(ClassConfig documents) {
        List<String> profiles = ConfigUtils.getProfiles();
        if (!profiles.contains("dev") && !profiles.contains("test")) documents.addAnnotation(WhenAsked.class);
    }
}
