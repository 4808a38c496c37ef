-- The schema, by the application's own `migrate`: psql runs it against the database that it is connected to.
-- TOWNSQUARE_JAR is the path of quarkus-run.jar.
\set url 'postgresql://' :HOST ':' :PORT '/' :DBNAME
\set jdbc 'jdbc:' :url
\setenv QUARKUS_DATASOURCE_REACTIVE_URL :url
\setenv QUARKUS_DATASOURCE_JDBC_URL :jdbc
\setenv QUARKUS_DATASOURCE_USERNAME :USER
\setenv QUARKUS_DATASOURCE_PASSWORD :USER
-- what the application asks for to start at all, of no use outside a benchmark
\setenv TOWNSQUARE_DATABASE_EMBEDDED false
\setenv TOWNSQUARE_TRIAL true
\setenv TOWNSQUARE_PUBLIC_URL 'http://127.0.0.1:8080'
\setenv TOWNSQUARE_IDENTITY_PEPPER Zm9yIHRoZSBiZW5jaG1hcmsgb25seSwgMzIgYnl0ZXM=
\setenv TOWNSQUARE_AUDIT_SIGNING_KEY MC4CAQAwBQYDK2VwBCIEIGZvciB0aGUgYmVuY2htYXJrIG9ubHksIDMyIGJ5dGVz
\setenv TOWNSQUARE_AUDIT_ORIGIN bench.example/log
\setenv TOWNSQUARE_AUDIT_SINKS log
\! java -jar "$TOWNSQUARE_JAR" migrate >&2
