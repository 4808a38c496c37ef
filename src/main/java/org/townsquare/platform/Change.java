package org.townsquare.platform;

/** One change of the schema; the id is unique within the author and the file. */
public record Change(String author, String name, String file) {
    public String id() {
        return author + ":" + name;
    }
}
