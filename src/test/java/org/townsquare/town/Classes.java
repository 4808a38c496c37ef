package org.townsquare.town;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The classes of the service with their annotations, each package read once. What they use is not looked up, which would take most of the time. */
public final class Classes {
    private static final Map<String, JavaClasses> READ = new ConcurrentHashMap<>();

    private Classes() {}

    public static JavaClasses of(String name) {
        return READ.computeIfAbsent(
                name,
                it -> ArchConfiguration.<JavaClasses>withThreadLocalScope(config -> {
                    config.setResolveMissingDependenciesFromClassPath(false);
                    return new ClassFileImporter()
                            .withImportOption(new ImportOption.DoNotIncludeTests())
                            .importPackages(it);
                }));
    }
}
