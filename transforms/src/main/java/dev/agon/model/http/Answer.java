package dev.agon.model.http;

import dev.agon.model.ChatReply;
import dev.agon.model.Usage;
import java.util.List;
import java.util.Optional;

/**
 * An answer of an endpoint, before its usage is shared among the samples.
 *
 * @param replies the samples that hold an answer, without usage
 * @param usage what the call consumed; empty where the endpoint does not say
 * @param refusal why the endpoint declined, where it did; then there may be no reply
 */
record Answer(List<ChatReply> replies, Optional<Usage> usage, Optional<String> refusal) {}
