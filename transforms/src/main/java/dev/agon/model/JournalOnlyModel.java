package dev.agon.model;

/**
 * A model that buys nothing: answers come from the journal, before this one is asked. Whatever is asked of it is not there, and
 * ends as it does in a run that is stopped.
 */
final class JournalOnlyModel implements ChatModel {

    @Override
    public ChatReply reply(ChatRequest request) throws ModelException {
        throw new ModelException(
                ModelException.Kind.STOPPED,
                "the journal has no answer to this question, and the provider replay buys none");
    }
}
