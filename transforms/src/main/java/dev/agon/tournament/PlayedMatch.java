package dev.agon.tournament;

import dev.agon.schemas.Contender;
import dev.agon.schemas.Failure;
import dev.agon.schemas.Match;
import dev.agon.schemas.Vote;
import java.util.List;
import java.util.Optional;

/**
 * One match that was played.
 *
 * @param match its row; empty when it was not decided: the run was stopped, or the judge could not be reached
 * @param votes the votes, by number
 * @param winner who goes on to the next round
 * @param failures votes for which the judge could not be reached
 */
record PlayedMatch(Optional<Match> match, List<Vote> votes, Contender winner, List<Failure> failures) {}
