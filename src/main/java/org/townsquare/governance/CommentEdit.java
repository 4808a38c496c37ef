package org.townsquare.governance;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.townsquare.platform.Cursor;
import org.townsquare.platform.Paging;

/** A text that a comment had. Gone with the comment. */
@Entity
@Table(name = "comment_edit")
@IdClass(CommentEdit.Key.class)
public class CommentEdit extends PanacheEntityBase {
    private static final Cursor NEWEST = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), new UUID(0, 0));

    @Id
    public UUID commentId;

    @Id
    public int revision;

    public UUID communityId;
    public String content;
    public Instant replacedAt;

    CommentEdit() {}

    /** The text of a comment before it is changed. */
    static CommentEdit of(Comment comment, Instant now) {
        CommentEdit edit = new CommentEdit();
        edit.communityId = comment.communityId;
        edit.commentId = comment.id;
        edit.revision = comment.revision;
        edit.content = comment.content;
        edit.replacedAt = now;
        return edit;
    }

    /** A page of those of a comment that the viewer has found and reads, newest first. */
    static Uni<List<CommentEdit>> page(Comment comment, Paging paging) {
        return CommentEdit.<CommentEdit>find(
                        "communityId = ?1 and commentId = ?2 and replacedAt < ?3 order by replacedAt desc",
                        comment.communityId,
                        comment.id,
                        paging.after(NEWEST).at())
                .page(0, paging.rows())
                .list();
    }

    /** Forgets those of a comment that the caller deletes. */
    static Uni<Long> forget(Comment comment) {
        return delete("communityId = ?1 and commentId = ?2", comment.communityId, comment.id);
    }

    /** Its key. */
    public record Key(UUID commentId, int revision) implements Serializable {}
}
