package org.townsquare.events;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A roll as a workbook: texts are texts, never formulas, and times are dates that a spreadsheet can count with. */
class XlsxRoll implements RollWriter {
    static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /** Of the 1,048,576 that a sheet may have. */
    private static final int MOST = 1_000_000;

    private static final String SECONDS = "yyyy-mm-dd hh:mm:ss";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Workbook workbook = new Workbook(bytes, "Townsquare", "1.0");
    private final int most;
    private int sheets;
    private int row;
    private Worksheet sheet;

    XlsxRoll() {
        this(MOST);
    }

    /** @param most how many rows a sheet has */
    XlsxRoll(int most) {
        this.most = most;
        this.sheet = sheet();
    }

    private Worksheet sheet() {
        Worksheet fresh = workbook.newWorksheet(sheets == 0 ? "Attendances" : "Attendances " + (sheets + 1));
        sheets++;
        for (int column = 0; column < CsvRoll.COLUMNS.size(); column++)
            fresh.inlineString(0, column, CsvRoll.COLUMNS.get(column));
        row = 1;
        return fresh;
    }

    @Override
    public byte[] head() {
        return new byte[0];
    }

    @Override
    public byte[] rows(List<RollRow> rows) {
        return written(() -> {
            for (RollRow it : rows) {
                if (row == most) {
                    sheet.finish();
                    sheet = sheet();
                }
                write(it);
            }
            sheet.flush();
        });
    }

    @Override
    public byte[] end() {
        return written(() -> {
            sheet.finish();
            workbook.finish();
        });
    }

    private void write(RollRow it) {
        text(0, it.event());
        if (it.participantId() != null) text(1, it.participantId().toString());
        if (it.name() != null) text(2, it.name());
        text(3, it.kind().name());
        text(4, it.source().name());
        text(5, it.checkedInAtUtc().toString());
        sheet.value(row, 6, it.checkedInAtLocal().toLocalDateTime());
        sheet.style(row, 6).format(SECONDS).set();
        text(7, it.timeZone());
        if (it.voidedAt() != null) text(8, it.voidedAt().toString());
        text(9, it.receipt().text());
        row++;
    }

    private void text(int column, String text) {
        sheet.inlineString(row, column, text);
    }

    private byte[] written(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException("an array takes every byte", e);
        }
        byte[] written = bytes.toByteArray();
        bytes.reset();
        return written;
    }

    private interface Writing {
        void run() throws IOException;
    }
}
