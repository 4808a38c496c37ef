package org.townsquare.town;

import java.sql.SQLException;

/** What stands in the database, read and written beside the service. */
public final class Rows {
    private Rows() {}

    public static long count(String sql, Object... parameters) {
        try (var statement = Database.kept().prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static int change(String sql, Object... parameters) {
        try (var statement = Database.kept().prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
