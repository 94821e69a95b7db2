package dev.agon.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextEditsTest {

    private static final String STATEMENT = "Port 8080 must be `served` by the backend called \"files\".";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '@',
            delimiter = '~',
            value = {
                "COMPARISON ~ a.sh ~ [ \"$a\" -ge 1 ] ~ [ \"$a\" -gt 1 ]",
                "COMPARISON ~ a.awk ~ $3 > 5 { print } ~ $3 >= 5 { print }",
                "BOOLEAN_OPERATOR ~ a.sh ~ a && b ~ a || b",
                "FIELD ~ a.sh ~ awk '{ print $2 }' ~ awk '{ print $3 }'",
                "FIELD ~ a.sh ~ cut -d, -f2 x ~ cut -d, -f1 x",
                "NUMBER ~ a.ini ~ keep = 1 ~ keep = 2",
                "NUMBER ~ a.ini ~ port = 80 ~ port = 8080",
                "OPTION ~ a.sh ~ sort x ~ sort -n x",
                "OPTION ~ a.sh ~ sort -rn x ~ sort -n x",
                "OPTION ~ a.sh ~ sort -r x ~ sort x",
                "OPTION ~ a.sh ~ sed 's/a/b/' ~ sed 's/a/b/g'",
                "QUOTING ~ a.sh ~ rm $file ~ rm \"$file\"",
                "QUOTING ~ a.sh ~ f $* ~ f \"$@\"",
                "QUOTING ~ a.json ~ {\"port\": \"80\"} ~ {\"port\": 80}",
                "NEGATED_CONDITION ~ a.sh ~ if [ -f x ]; then ~ if ! [ -f x ]; then",
                "NEGATED_CONDITION ~ a.sh ~ if [ ! -f x ]; then ~ if [ -f x ]; then",
                "DROPPED_OPERAND ~ a.sh ~ a | b | c ~ a | c",
                "SWAPPED_OPERANDS ~ a.sh ~ a | b | c ~ a | c| b ",
                "WRAPPED_IN_CALL ~ a.sh ~ a | b ~ a | sort | b",
                "NAME ~ a.sh ~ x=1; y=2; echo $x ~ x=1; y=2; echo $y",
                "NAME ~ a.yaml ~ name: bakend ~ name: backend",
                "TRUTH_VALUE ~ a.json ~ {\"on\": true} ~ {\"on\": false}",
                "SIBLING_FUNCTION ~ a.json ~ {\"match\": \"any\"} ~ {\"match\": \"all\"}",
                "STRING ~ a.json ~ {\"by\": \"api\"} ~ {\"by\": \"files\"}",
                "STRING ~ a.yaml ~ by: api ~ by: files",
                "SEPARATOR ~ a.sh ~ cut -d',' x ~ cut -d';' x",
            })
    void proposesTheEdit(EditKind kind, String path, String line, String expected) {
        String text = line + "\n";
        assertThat(new TextEdits().propose(path, text, Vocabulary.of(STATEMENT, new Concern("", ""), Map.of())))
                .filteredOn(edit -> edit.kind() == kind)
                .extracting(edit -> edit.applyTo(text).stripTrailing())
                .contains(expected.stripTrailing());
    }

    @Test
    void blanksWithinALineTakeNoMoreTimeThanTheyAreLong() {
        String text = "#!/bin/sh\nname " + "\t".repeat(150_000) + "x" + "\t".repeat(150_000) + "y\n";
        assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> new TextEdits()
                        .propose("a.sh", text, Vocabulary.of("", new Concern("", ""), Map.of("a.sh", text))));
    }

    @Test
    void valuesThatTheKeyHasElsewhereAreProposed() {
        String text = "[Service]\nRestart=no\n";
        Map<String, String> files = Map.of("a.service", text, "b.service", "Restart=on-failure\n");
        assertThat(new TextEdits().propose("a.service", text, Vocabulary.of("", new Concern("", ""), files)))
                .filteredOn(edit -> edit.kind() == EditKind.SETTING)
                .extracting(edit -> edit.applyTo(text))
                .containsExactly("[Service]\nRestart=on-failure\n");
    }

    @Test
    void commentsStayAsTheyAre() {
        String text = "# keep 7 logs\nkeep = 1\n";
        assertThat(new TextEdits().propose("a.ini", text, Vocabulary.of(STATEMENT, new Concern("", ""), Map.of())))
                .filteredOn(edit -> edit.kind() == EditKind.NUMBER)
                .isNotEmpty()
                .allMatch(edit -> edit.applyTo(text).startsWith("# keep 7 logs\n"));
    }

    @Test
    void linesAreDeletedAndSwapped() {
        String text = "a\nb\nc\n";
        assertThat(new TextEdits().propose("x.list", text, Vocabulary.of("", new Concern("", ""), Map.of())))
                .extracting(edit -> edit.applyTo(text))
                .contains("a\nc\n", "b\na\nc\n", "a\nc\nb\n", "a\nb\n");
    }

    @ParameterizedTest
    @CsvSource({
        "adress,address,true",
        "addres,address,true",
        "teh1,the1,true",
        "colour,color,true",
        "port,ports,true",
        "host,port,false",
        "same,same,false"
    })
    void misspeltIsOneKeyAway(String word, String spelling, boolean expected) {
        assertThat(TextEdits.misspelt(word, spelling)).isEqualTo(expected);
    }
}
