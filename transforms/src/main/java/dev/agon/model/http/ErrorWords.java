package dev.agon.model.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises what went wrong from the words of an endpoint's error. Only the error's own fields are read. Some servers repeat the
 * request beside them, and a conversation may contain any words.
 */
final class ErrorWords {

    /**
     * Words of OpenAI, vLLM, SGLang, TGI, llama.cpp, LM Studio, Anthropic, Gemini, LiteLLM, Mistral, Groq, Cohere, Moonshot, xAI, Z.ai and
     * DashScope.
     */
    private static final Pattern CONTEXT_LENGTH = Pattern.compile("context_length_exceeded|exceed_context_size_error"
            + "|contextwindowexceeded|request_too_large|string_above_max_length|maximum context length"
            + "|exceed\\w{0,20}\\b.{0,60}\\bcontext[ _](?:length|size|window|limit)"
            + "|context[ _](?:length|size|window|limit)\\b.{0,40}\\bexceed"
            + "|longer than\\b.{0,60}\\bcontext|(?:prompt|input) (?:is )?too long|too many tokens"
            + "|token count\\b.{0,80}\\bexceeds|exceeds the maximum number of tokens"
            + "|reduce the length of the (?:messages|prompt|input)"
            + "|exceed\\w{0,20}\\b.{0,30}\\b(?:token limit|max(?:imum)? length)|maximum prompt length is"
            + "|greater than the context length|range of input length should be"
            + "|inputs?\\W{1,3}tokens.{0,40}must be <=");

    /** What a vendor not known here may say of a conversation that has become too long. */
    private static final Pattern LENGTH = Pattern.compile("\\b(?:tokens?|length|context)\\b|too (?:long|large|big)");

    private static final Pattern CONTEXT_TOKENS = Pattern.compile("maximum context length (?:is|of) (\\d{1,12})");

    private static final Pattern POLICY =
            Pattern.compile("content_policy_violation|content_filter|content management policy"
                    + "|responsibleaipolicyviolation|contentpolicyviolation|data_inspection_failed|safety system|moderation"
                    + "|(?:input|prompt) was flagged");

    private static final Pattern MONEY = Pattern.compile("insufficient_quota|credit balance is too low"
            + "|insufficient (?:balance|credits|funds)|insufficient_balance|billing_hard_limit_reached");

    private static final Pattern KEY = Pattern.compile(
            "(?:invalid|incorrect|missing)[ _]api[ _]key|api[ _]key (?:not valid|is invalid)|api_key_invalid");

    /** Words for what asks for an answer of a given form. */
    private static final Pattern FORM = Pattern.compile("response_format|json_schema|tool_choice|structured[ _]outputs?"
            + "|guided|grammar|\\bschemas?\\b|maxlength|maxitems");

    /** Words for a content that is null. */
    private static final Pattern NULL = Pattern.compile(
            "nonetype|content\\b.{0,80}\\b(?:null|none|string)\\b|\\b(?:null|none|string)\\b.{0,80}\\bcontent");

    /** Characters that are read of an error without a message. */
    private static final int UNREAD = 2000;

    private final String words;

    ErrorWords(String message) {
        this.words = message.toLowerCase(Locale.ROOT);
    }

    boolean speakOfContextLength() {
        return CONTEXT_LENGTH.matcher(words).find();
    }

    /** Whether lengths are spoken of at all. That is not enough but for a conversation whose beginning was taken. */
    boolean speakOfLength() {
        return LENGTH.matcher(words).find();
    }

    boolean speakOfPolicy() {
        return POLICY.matcher(words).find();
    }

    boolean speakOfMoney() {
        return MONEY.matcher(words).find();
    }

    boolean speakOfForm() {
        return FORM.matcher(words).find();
    }

    boolean speakOfNull() {
        return NULL.matcher(words).find();
    }

    boolean speakOfKey() {
        return KEY.matcher(words).find();
    }

    /** How many tokens the model takes; empty when the error does not say. */
    OptionalLong contextTokens() {
        Matcher tokens = CONTEXT_TOKENS.matcher(words);
        return tokens.find() ? OptionalLong.of(Long.parseLong(tokens.group(1))) : OptionalLong.empty();
    }

    /** The words of an error: its message, code and type, or else the beginning of the body. */
    static String in(String body) {
        Optional<JsonNode> parsed = Json.parse(body).filter(JsonNode::isObject);
        if (parsed.isEmpty()) {
            return beginning(body);
        }
        JsonNode error = parsed.get().path("error");
        JsonNode says = error.isObject() ? error : parsed.get();
        StringBuilder words = new StringBuilder(error.isTextual() ? error.textValue() : "");
        for (String field : new String[] {"message", "code", "type", "detail"}) {
            JsonNode value = says.path(field);
            words.append(' ').append(value.isValueNode() ? value.asText() : beginning(value.toString()));
        }
        for (String field : new String[] {"metadata", "innererror"}) {
            // What the provider behind a router said, and Azure's reasons.
            words.append(' ').append(beginning(says.path(field).toString()));
        }
        return words.toString();
    }

    /** The status of an error that came with HTTP 200; empty when there is no error in the body. */
    static OptionalInt statusWithin(JsonNode body) {
        JsonNode error = body.path("error");
        if (error.isMissingNode() || error.isNull()) {
            error = body.path("choices").path(0).path("error");
        }
        if (error.isMissingNode() || error.isNull()) {
            return OptionalInt.empty();
        }
        int code = error.path("code").asInt();
        return OptionalInt.of(code >= 400 && code < 600 ? code : statusOf(error.toString()));
    }

    private static int statusOf(String error) {
        ErrorWords words = new ErrorWords(error);
        if (words.speakOfContextLength() || words.speakOfPolicy() || words.speakOfMoney()) {
            return 400;
        }
        return 500;
    }

    private static String beginning(String text) {
        return text.substring(0, Math.min(UNREAD, text.length()));
    }
}
