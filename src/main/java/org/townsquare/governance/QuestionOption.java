package org.townsquare.governance;

import io.smallrye.mutiny.Uni;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.townsquare.platform.ActiveRecord;
import org.townsquare.platform.Problem.Unprocessable;

/** One of the answers that a question offers. */
@Entity
@Table(name = "question_option")
public class QuestionOption extends ActiveRecord {
    public UUID communityId;
    public UUID questionId;
    public short position;
    public String label;
    public @Nullable String description;
    public boolean statusQuo;

    /** Decides ties, lower wins; from the opening on. */
    public @Nullable Short tieOrder;

    QuestionOption() {}

    /** Of a question that the viewer has found, in their order. */
    static Uni<List<QuestionOption>> of(Question question) {
        return QuestionOption.<QuestionOption>find(
                        "communityId = ?1 and questionId = ?2 order by position", question.communityId, question.id)
                .list();
    }

    /** Stores these as the options of a question that the caller holds or has just made, in place of those before. Problems: {@code option-repeated}. */
    static Uni<Void> store(Question question, List<QuestionOption> options) {
        return forget(question).chain(() -> persist(options.stream()));
    }

    /** Deletes the options of a question that the caller holds. */
    static Uni<Void> forget(Question question) {
        return QuestionOption.delete("communityId = ?1 and questionId = ?2", question.communityId, question.id)
                .replaceWithVoid();
    }

    /** Problems: {@code question-invalid}. */
    static List<QuestionOption> write(Question question, List<OptionText> texts) {
        var options = new ArrayList<QuestionOption>();
        for (OptionText text : texts) {
            QuestionOption option = new QuestionOption();
            option.communityId = question.communityId;
            option.questionId = question.id;
            option.position = (short) (options.size() + 1);
            option.label = text.label().strip();
            option.description = text.description();
            option.statusQuo = Boolean.TRUE.equals(text.statusQuo());
            options.add(option);
        }
        if (options.stream().filter(it -> it.statusQuo).count() > 1)
            throw new Unprocessable("question-invalid", "Only one option leaves things as they are.");
        return options;
    }

    /** Puts the option that leaves things as they are first and the others after it by lot: the order that decides ties. */
    static void drawTies(List<QuestionOption> options, RandomGenerator random) {
        var order = new ArrayList<>(options);
        for (int i = order.size() - 1; i > 0; i--) Collections.swap(order, i, random.nextInt(i + 1));
        order.sort((a, b) -> Boolean.compare(b.statusQuo, a.statusQuo));
        for (int i = 0; i < order.size(); i++) order.get(i).tieOrder = (short) (i + 1);
    }

    static List<UUID> ids(List<QuestionOption> options) {
        return options.stream().map(it -> it.id).toList();
    }

    /** The options in the order that decides ties; null before the draw. */
    static @Nullable List<UUID> tieOrder(List<QuestionOption> options) {
        if (options.stream().anyMatch(it -> it.tieOrder == null)) return null;
        return options.stream()
                .sorted((a, b) -> Short.compare(Objects.requireNonNull(a.tieOrder), Objects.requireNonNull(b.tieOrder)))
                .map(it -> it.id)
                .toList();
    }

    Candidate candidate() {
        return new Candidate(id, Objects.requireNonNull(tieOrder));
    }
}
