package dev.agon.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agon.schemas.CommandRun;
import dev.agon.schemas.Rollout;
import dev.agon.schemas.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists of messages, and OpenHands' events. */
class MessagesFormatTest {

    static final String BARE = "[{'role':'system','content':'You help.'},{'role':'user','content':'Mend it.'},"
            + "{'role':'assistant','content':null,'tool_calls':[{'id':'c1','type':'function','function':{'name':'bash',"
            + "'arguments':'{\\\"command\\\":\\\"ls\\\"}'}}]},{'role':'tool','tool_call_id':'c1','content':'a.txt'},"
            + "{'role':'assistant','content':'It is mended.'}]";

    static final String NEBIUS =
            "{'instance_id':'a__b-1','model_name':'swe-agent-llama-70b','target':true,'trajectory':["
                    + "{'role':'system','system_prompt':'S','text':''},{'role':'user','system_prompt':null,'text':'issue'},"
                    + "{'role':'ai','text':'look\\n```\\nls\\n```'},{'role':'user','text':'a.txt'},"
                    + "{'role':'ai','text':'done\\n```\\nsubmit\\n```'}],"
                    + "'exit_status':'submitted (exit_context)','generated_patch':'diff\\n','eval_logs':'1 passed'}";

    static final String OPEN_HANDS =
            "{'instance_id':'a__b-2','test_result':{'git_patch':'diff\\n','report':{'resolved':false}},"
                    + "'metadata':{'llm_config':{'model':'some-model'}},'history':["
                    + "{'id':0,'source':'agent','action':'system','args':{'content':'You help.'}},"
                    + "{'id':1,'source':'user','action':'message','args':{'content':'Mend it.'}},"
                    + "{'id':2,'source':'agent','action':'run','args':{'command':'ls','thought':'I look.'}},"
                    + "{'id':3,'source':'agent','observation':'run','cause':2,'content':'a.txt','extras':{'metadata':{'exit_code':0}}},"
                    + "{'id':4,'source':'agent','action':'finish','args':{'final_thought':'It is mended.'}}],"
                    + "'metrics':{'accumulated_cost':0.5,'accumulated_token_usage':{'prompt_tokens':100,'completion_tokens':7}}}";

    @Test
    void aBareListOfMessagesIsAnAttempt() {
        Trajectory read = only(BARE);
        Rollout rollout = read.rollout();
        assertThat(read.taskId()).isEqualTo("t");
        assertThat(rollout.getSystemPrompt()).isEqualTo("You help.");
        assertThat(rollout.getTaskPrompt()).isEqualTo("Mend it.");
        assertThat(rollout.getOutcome()).isEqualTo("submitted");
        assertThat(commands(rollout)).containsExactly("ls");
        assertThat(rollout.getSteps()).extracting(Step::getObservation).containsExactly("a.txt", null);
        assertThat(read.reward()).isEmpty();
    }

    @Test
    void whatNebiusTellsOfTheVerdictIsAnOutcomeAndNothingElse() {
        Trajectory read = only(NEBIUS);
        Rollout rollout = read.rollout();
        assertThat(read.taskId()).isEqualTo("a__b-1");
        assertThat(read.reward()).hasValue(1);
        assertThat(rollout.getModel()).isEqualTo("swe-agent-llama-70b");
        assertThat(rollout.getSystemPrompt()).isEqualTo("S");
        assertThat(rollout.getOutcome()).isEqualTo("context_length");
        assertThat(rollout.getSubmission()).isEqualTo("diff\n");
        assertThat(rollout.getSteps()).hasSize(2);
        assertThat(rollout.getSteps().get(0).getObservation()).isEqualTo("a.txt");
        assertThat(rollout.toString()).doesNotContain("eval_logs", "1 passed", "target");
    }

    @Test
    void messagesBesideAnInstanceAreTakenWithItsPatch() {
        Trajectory read = only("{'messages':" + BARE + ",'instance_id':'x__y-3','resolved':false,'patch':'diff\\n'}");
        assertThat(read.taskId()).isEqualTo("x__y-3");
        assertThat(read.reward()).hasValue(0);
        assertThat(read.rollout().getSubmission()).isEqualTo("diff\n");
        assertThat(read.rollout().toString()).doesNotContain("resolved");
    }

    @Test
    void attemptsAtOneTaskHaveNamesOfTheirOwnAndAVerdictMayBeANumber() {
        Trajectory read = only("{'messages':" + BARE + ",'instance_id':'x__y-3','trajectory_id':'try-7','resolved':1}");
        assertThat(read.trial()).isEqualTo("try-7");
        assertThat(read.rollout().getTrial()).isEqualTo("try-7");
        assertThat(read.reward()).hasValue(1);
        assertThat(only("{'messages':" + BARE + ",'instance_id':'x__y-3','resolved':-1}")
                        .reward())
                .isEmpty();
    }

    @Test
    void eventsOfOpenHandsAreStepsAndItsReportIsAnOutcome() {
        Trajectory read = only(OPEN_HANDS);
        Rollout rollout = read.rollout();
        assertThat(read.taskId()).isEqualTo("a__b-2");
        assertThat(read.reward()).hasValue(0);
        assertThat(rollout.getModel()).isEqualTo("some-model");
        assertThat(commands(rollout)).containsExactly("ls");
        assertThat(rollout.getSteps().get(0).getMessage()).isEqualTo("I look.");
        assertThat(rollout.getSteps().get(0).getCommands().get(0).getReturnCode())
                .isZero();
        assertThat(rollout.getOutcome()).isEqualTo("submitted");
        assertThat(rollout.getSubmission()).isEqualTo("diff\n");
        assertThat(rollout.getInputTokens()).isEqualTo(100);
        assertThat(rollout.getCostUsd()).isEqualTo(0.5);
        assertThat(rollout.toString()).doesNotContain("report");
    }

    @Test
    void aSessionOfClaudeCodeIsOneAttempt() {
        Rollout rollout = only("{'type':'user','sessionId':'s','message':{'role':'user','content':'Mend it.'}}\n"
                        + "{'type':'assistant','sessionId':'s','message':{'id':'m1','model':'some-model','role':'assistant',"
                        + "'content':[{'type':'thinking','thinking':'Hm.'}],'usage':{'input_tokens':5,'cache_read_input_tokens':7,'output_tokens':3}}}\n"
                        + "{'type':'assistant','sessionId':'s','message':{'id':'m1','model':'some-model','role':'assistant',"
                        + "'content':[{'type':'text','text':'I look.'},{'type':'tool_use','id':'c','name':'Bash','input':{'command':'ls','description':'d'}}],"
                        + "'usage':{'input_tokens':5,'cache_read_input_tokens':7,'output_tokens':3}}}\n"
                        + "{'type':'user','sessionId':'s','message':{'role':'user','content':[{'type':'tool_result','tool_use_id':'c','content':'a.txt'}]}}\n"
                        + "{'type':'assistant','sessionId':'s','message':{'id':'m2','model':'some-model','role':'assistant','content':[{'type':'text','text':'Done.'}]}}\n")
                .rollout();
        assertThat(rollout.getTaskPrompt()).isEqualTo("Mend it.");
        assertThat(rollout.getModel()).isEqualTo("some-model");
        assertThat(commands(rollout)).containsExactly("ls");
        assertThat(rollout.getSteps()).extracting(Step::getMessage).containsExactly("I look.", "Done.");
        assertThat(rollout.getSteps().get(0).getReasoning()).isEqualTo("Hm.");
        assertThat(rollout.getSteps().get(0).getObservation()).isEqualTo("a.txt");
        assertThat(rollout.getInputTokens()).isEqualTo(12);
        assertThat(rollout.getOutputTokens()).isEqualTo(3);
        assertThat(rollout.getOutcome()).isEqualTo("submitted");
    }

    @Test
    void aSessionOfCodexIsOneAttempt() {
        Rollout rollout = only("{'type':'session_meta','payload':{'id':'s'}}\n"
                        + "{'type':'turn_context','payload':{'model':'some-model'}}\n"
                        + "{'type':'response_item','payload':{'type':'message','role':'user','content':[{'type':'input_text','text':'Mend it.'}]}}\n"
                        + "{'type':'response_item','payload':{'type':'function_call','name':'shell','call_id':'c',"
                        + "'arguments':'{\\\"command\\\":[\\\"bash\\\",\\\"-lc\\\",\\\"ls\\\"]}'}}\n"
                        + "{'type':'response_item','payload':{'type':'function_call_output','call_id':'c',"
                        + "'output':'{\\\"output\\\":\\\"a.txt\\\",\\\"metadata\\\":{\\\"exit_code\\\":0}}'}}\n"
                        + "{'type':'event_msg','payload':{'type':'token_count','info':{'total_token_usage':{'input_tokens':9,'output_tokens':4}}}}\n"
                        + "{'type':'response_item','payload':{'type':'message','role':'assistant','content':[{'type':'output_text','text':'Done.'}]}}\n")
                .rollout();
        assertThat(rollout.getTaskPrompt()).isEqualTo("Mend it.");
        assertThat(rollout.getModel()).isEqualTo("some-model");
        assertThat(commands(rollout)).containsExactly("ls");
        assertThat(rollout.getSteps().get(0).getObservation()).isEqualTo("a.txt");
        assertThat(rollout.getSteps().get(0).getCommands().get(0).getReturnCode())
                .isZero();
        assertThat(rollout.getInputTokens()).isEqualTo(9);
        assertThat(rollout.getOutcome()).isEqualTo("submitted");
    }

    private static Trajectory only(String quoted) {
        byte[] bytes = quoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        TrajectoriesOfFile read = new TrajectoryReader().read(bytes, Documents.file("corpus/t.json"), "auto");
        assertThat(read.bad()).isEmpty();
        return Documents.only(read.trajectories());
    }

    private static List<String> commands(Rollout rollout) {
        return rollout.getSteps().stream()
                .flatMap(step -> step.getCommands().stream())
                .map(CommandRun::getCommand)
                .toList();
    }
}
