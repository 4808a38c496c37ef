package org.townsquare.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 8785, as far as they are about what a body holds: floats are refused. */
class CanonicalJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String canonical(String json) throws JsonProcessingException {
        return CanonicalJson.write(JSON.readTree(json));
    }

    /** Section 3.2.2 without its numbers. */
    @Test
    void strings_and_literals_are_written_as_the_rfc_prints_them() throws Exception {
        assertEquals(
                "{\"literals\":[null,true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}", canonical("""
                        {
                          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                          "literals": [null, true, false]
                        }"""));
    }

    /** Section 3.2.3. */
    @Test
    void members_are_sorted_by_their_utf_16_code_units() throws Exception {
        assertEquals(
                "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\","
                        + "\"€\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
                canonical("""
                        {
                          "\\u20ac": "Euro Sign",
                          "\\r": "Carriage Return",
                          "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                          "1": "One",
                          "\\ud83d\\ude00": "Emoji: Grinning Face",
                          "\\u0080": "Control",
                          "\\u00f6": "Latin Small Letter O With Diaeresis"
                        }"""));
    }

    /** Appendix B, the integers that are exact. */
    @Test
    void integers_are_written_without_sign_of_zero_point_or_exponent() throws Exception {
        assertEquals("[0,0,1,-1,9007199254740991,-9007199254740991]", canonical("""
                [0, -0, 1, -1, 9007199254740991, -9007199254740991]"""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740992",
                "-9007199254740992",
                "295147905179352830000",
                "4.50",
                "1.0",
                "1E30",
                "2e-3",
                "333333333.33333329"
            })
    void what_a_double_may_not_hold_exactly_is_refused(String number) {
        assertThrows(IllegalArgumentException.class, () -> canonical("{\"a\":[" + number + "]}"));
    }

    @Test
    void white_space_goes_and_nesting_stays() throws Exception {
        assertEquals(
                "{\"a\":{\"b\":[],\"c\":{}},\"d\":[{\"e\":\"\"}]}",
                canonical("{ \"d\" : [ { \"e\" : \"\" } ],\n \"a\" : { \"c\" : { }, \"b\" : [ ] } }"));
    }
}
