package org.townsquare.events;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.client.j2se.BufferedImageLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.townsquare.platform.PublicUrl;
import org.townsquare.town.Database;
import org.townsquare.town.Gathering;
import org.townsquare.town.Person;
import org.townsquare.town.Village;

@QuarkusTest
@QuarkusTestResource(Database.class)
class QrTest {
    private static final PublicUrl TOWN = new PublicUrl("https://town.example");

    @ParameterizedTest
    @EnumSource
    void another_library_reads_from_the_png_what_was_drawn(QrLevel level) throws Exception {
        var random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < 50; i++) {
            String text = EventCode.draw(random).qrAt(TOWN);
            int scale = 4 + i % 7;
            BufferedImage image = image(QrImage.of(text, level).png(scale));
            assertEquals(text, decoded(image));
            assertEquals(QrImage.of(text, level).side() * scale, image.getWidth());
            assertEquals(1, image.getColorModel().getPixelSize());
        }
    }

    @ParameterizedTest
    @EnumSource
    void another_library_reads_from_the_svg_what_was_drawn(QrLevel level) throws Exception {
        var random = RandomGenerator.of("L64X128MixRandom");
        for (int i = 0; i < 50; i++) {
            String text = EventCode.draw(random).qrAt(TOWN);
            assertEquals(text, decoded(rasterised(QrImage.of(text, level).svg("a code"))));
        }
    }

    @Test
    void more_correction_takes_more_modules() {
        String text = new EventCode("7K3M9QXR").qrAt(TOWN);
        assertTrue(
                QrImage.of(text, QrLevel.M).side() < QrImage.of(text, QrLevel.H).side());
        assertTrue(QrImage.of(text, QrLevel.M).side() * 10 >= 290);
    }

    @Test
    void staff_get_the_symbol_of_their_event() throws Exception {
        Gathering event = Gathering.open();
        String text = event.host().sends().get(event.path()).path("codeQr");
        var png = event.host()
                .sends()
                .get(event.path() + "/qr.png?ec=Q&scale=4")
                .then()
                .statusCode(200)
                .contentType("image/png")
                .header("Cache-Control", "private, max-age=300")
                .header("ETag", startsWith("\""))
                .extract();
        assertEquals(text, decoded(image(png.asByteArray())));
        var svg = event.host()
                .sends()
                .get(event.path() + "/qr.svg")
                .then()
                .statusCode(200)
                .contentType(startsWith("image/svg+xml"))
                .header("Cache-Control", "private, max-age=300")
                .extract();
        String drawn = svg.asString();
        assertEquals(text, decoded(rasterised(drawn)));
        assertNotEquals(png.header("ETag"), svg.header("ETag"));
        for (String part : List.of("shape-rendering=\"crispEdges\"", "role=\"img\"", "<title", "viewBox=\"0 0 "))
            assertTrue(drawn.contains(part), part);
        assertEquals(2, drawn.split("<path").length);
    }

    @Test
    void a_hundred_codes_lead_from_both_pictures_to_their_page() throws Exception {
        Village village = Village.open();
        String group = Gathering.group(village);
        for (int i = 0; i < 100; i++) {
            var event = Gathering.schedule(village.founder(), group, Map.of())
                    .statusCode(201)
                    .extract();
            String path = "/api/v1/events/" + event.path("id");
            String png = decoded(image(
                    village.founder().sends().get(path + "/qr.png?scale=4").asByteArray()));
            String svg = decoded(
                    rasterised(village.founder().sends().get(path + "/qr.svg").asString()));
            assertEquals(event.<String>path("codeQr"), png);
            assertEquals(png, svg);
            var url = URI.create(png);
            assertEquals("/C/" + event.path("codeText"), url.getPath());
            given().get(url.getPath()).then().statusCode(200).contentType(startsWith("text/html"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scale=3", "scale=41", "scale=x", "scale=1e1", "scale=99999999999", "ec=L", "ec=m"})
    void wrong_parameters_are_refused(String query) {
        Gathering event = Gathering.open();
        for (String picture : List.of("qr.svg", "qr.png"))
            event.host()
                    .sends()
                    .get(event.path() + "/" + picture + "?" + query)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("code", is("parameter-invalid"));
    }

    @Test
    void the_symbol_is_for_staff_alone() {
        Gathering event = Gathering.open();
        Person bob = event.village().member("Bob", "COUNCIL");
        for (String picture : List.of("/qr.svg", "/qr.png")) {
            bob.sends().get(event.path() + picture).then().statusCode(403).body("code", is("not-allowed"));
            Person.named("Eve")
                    .sends()
                    .get(event.path() + picture)
                    .then()
                    .statusCode(403)
                    .body("code", is("members-only"));
            Person.nobody().get(event.path() + picture).then().statusCode(401).body("code", containsString("sign-in"));
        }
    }

    private static BufferedImage image(byte[] png) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    /** Read as a picture of a symbol and nothing else: looking for one as in a photograph, zxing misses some flawless ones. */
    private static String decoded(BufferedImage image) throws Exception {
        var result = new MultiFormatReader()
                .decode(
                        new BinaryBitmap(new HybridBinarizer(new BufferedImageLuminanceSource(image))),
                        Map.of(DecodeHintType.PURE_BARCODE, true));
        assertEquals(BarcodeFormat.QR_CODE, result.getBarcodeFormat());
        return result.getText();
    }

    /** Fills the rectangles of the path, eight pixels a unit. */
    private static BufferedImage rasterised(String svg) {
        var box = Pattern.compile("viewBox=\"0 0 (\\d+) \\1\"").matcher(svg);
        assertTrue(box.find());
        int side = Integer.parseInt(box.group(1)) * 8;
        var image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        var paint = image.createGraphics();
        paint.setColor(Color.WHITE);
        paint.fillRect(0, 0, side, side);
        paint.setColor(Color.BLACK);
        var path = Pattern.compile(" d=\"([^\"]*)\"").matcher(svg);
        assertTrue(path.find());
        var step = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-\\3z").matcher(path.group(1));
        int end = 0;
        while (step.find()) {
            assertEquals(end, step.start());
            end = step.end();
            paint.fillRect(
                    8 * Integer.parseInt(step.group(1)),
                    8 * Integer.parseInt(step.group(2)),
                    8 * Integer.parseInt(step.group(3)),
                    8);
        }
        assertEquals(path.group(1).length(), end);
        return image;
    }
}
