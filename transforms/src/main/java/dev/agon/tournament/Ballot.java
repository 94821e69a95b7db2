package dev.agon.tournament;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the vote from a judge's reply: the last {@code <vote>NUMBER</vote>}, if the number is one of the candidates'. */
final class Ballot {

    private static final Pattern VOTE = Pattern.compile("<vote>\\s*(\\d{1,4})\\s*</vote>", Pattern.CASE_INSENSITIVE);

    private Ballot() {}

    /** Position voted for, from 0; empty when the reply holds no readable vote. */
    static OptionalInt read(String reply, int candidates) {
        OptionalInt choice = OptionalInt.empty();
        Matcher vote = VOTE.matcher(reply);
        while (vote.find()) {
            int number = Integer.parseInt(vote.group(1));
            choice = number >= 1 && number <= candidates ? OptionalInt.of(number - 1) : OptionalInt.empty();
        }
        return choice;
    }
}
