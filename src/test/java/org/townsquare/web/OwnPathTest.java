package org.townsquare.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/organise", "/c/7K3M9QXR", "/organise/groups/1?cursor=a%20b", "/a//b", "/@evil.example"})
    void a_path_of_ours_is_followed(String path) {
        assertEquals(path, OwnPath.or(path, "/organise"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "organise",
                "//evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/\t/evil.example",
                "https://evil.example",
                "javascript:alert(1)",
                "/a\r\nSet-Cookie: x=y",
                "/a b",
                "/%zz",
                "/\u00e9"
            })
    void anything_else_leads_home(String asked) {
        assertEquals("/organise", OwnPath.or(asked, "/organise"));
    }

    @Test
    void nothing_asked_for_leads_home() {
        assertEquals("/organise", OwnPath.or(null, "/organise"));
    }
}
