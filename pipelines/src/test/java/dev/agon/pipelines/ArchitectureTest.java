package dev.agon.pipelines;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.agon.schemas.CorpusOutcome;
import dev.agon.schemas.Facts;
import dev.agon.schemas.Grade;
import dev.agon.schemas.GroundTruth;
import dev.agon.schemas.SchemaCoders;

/** Holds the house's rules: who may know whom, and that nothing which selects, summarises or refines can see a grade. */
@AnalyzeClasses(
        packages = "dev.agon",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {

    /** The tests of the transforms come as a jar, which ArchUnit does not know for tests. */
    static final class NoTestJars implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String[] PLAIN = {
        "dev.agon.agent..",
        "dev.agon.grading..",
        "dev.agon.model..",
        "dev.agon.repair..",
        "dev.agon.sandbox..",
        "dev.agon.prompts..",
        "dev.agon.journal..",
        "dev.agon.trajectory..",
        "dev.agon.evidence.."
    };

    @ArchTest
    static final ArchRule stepsNeverImportOneAnother = slices().matching(
                    "dev.agon.(tasks|rollout|corpus|summarize|tournament|refine)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule beamIsForStepsOnly = noClasses()
            .that(resideInAnyPackage(PLAIN))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.beam..",
                    "dev.agon.runtime..",
                    "dev.agon.concurrency..",
                    "dev.agon.tables..",
                    "dev.agon.stores..");

    @ArchTest
    static final ArchRule schemasKnowBeamForCodersOnly = noClasses()
            .that(resideInAPackage("dev.agon.schemas.."))
            .and(not(belongToAnyOf(SchemaCoders.class)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.beam..");

    @ArchTest
    static final ArchRule schemasKnowNobody = noClasses()
            .that(resideInAPackage("dev.agon.schemas.."))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.agon..").and(not(resideInAPackage("dev.agon.schemas.."))));

    @ArchTest
    static final ArchRule fieldsKnowJacksonOnly = classes()
            .that()
            .resideInAPackage("dev.agon.fields..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.agon.fields..", "com.fasterxml.jackson..", "java..");

    @ArchTest
    static final ArchRule theLowestLayerKnowsSchemasAndFieldsOnly = noClasses()
            .that(resideInAnyPackage(
                    "dev.agon.prompts..",
                    "dev.agon.journal..",
                    "dev.agon.sandbox..",
                    "dev.agon.model..",
                    "dev.agon.trajectory..",
                    "dev.agon.evidence.."))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.agon..")
                    .and(not(resideInAnyPackage(
                            "dev.agon.schemas..",
                            "dev.agon.fields..",
                            "dev.agon.prompts..",
                            "dev.agon.journal..",
                            "dev.agon.sandbox..",
                            "dev.agon.model..",
                            "dev.agon.trajectory..",
                            "dev.agon.evidence.."))));

    @ArchTest
    static final ArchRule lowestPackagesNeverImportOneAnother = slices().matching(
                    "dev.agon.(prompts|journal|sandbox|model|trajectory|evidence)..")
            .should()
            .notDependOnEachOther();

    /** The repair policy is one more provider: whoever asks a model does not know which it is. */
    @ArchTest
    static final ArchRule nobodyKnowsTheRepairPolicy = noClasses()
            .that(not(resideInAPackage("dev.agon.repair..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.agon.repair..");

    @ArchTest
    static final ArchRule theRepairPolicyKnowsModelsAndFactsOnly = noClasses()
            .that(resideInAPackage("dev.agon.repair.."))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.agon..")
                    .and(not(resideInAnyPackage("dev.agon.repair..", "dev.agon.model..")))
                    .and(not(type(Facts.class))));

    @ArchTest
    static final ArchRule nobodyKnowsThePipelines = noClasses()
            .that(resideInAPackage("dev.agon.."))
            .and(not(resideInAPackage("dev.agon.pipelines..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.agon.pipelines..");

    /** The grader's part and the one step that grades are the only ones that know a grade or what it is made from. */
    @ArchTest
    static final ArchRule gradesAreOutOfReach = noClasses()
            .that(resideInAnyPackage(
                    "dev.agon.agent..",
                    "dev.agon.model..",
                    "dev.agon.repair..",
                    "dev.agon.prompts..",
                    "dev.agon.sandbox..",
                    "dev.agon.summarize..",
                    "dev.agon.tournament..",
                    "dev.agon.refine..",
                    "dev.agon.journal..",
                    "dev.agon.trajectory..",
                    "dev.agon.evidence..",
                    "dev.agon.runtime..",
                    "dev.agon.concurrency..",
                    "dev.agon.tables..",
                    "dev.agon.stores.."))
            .should()
            .dependOnClassesThat(resideInAPackage("dev.agon.grading..")
                    .or(belongToAnyOf(Grade.class, GroundTruth.class, CorpusOutcome.class)));

    @ArchTest
    static final ArchRule dofnsAreNotPublic = classes()
            .that()
            .areAssignableTo(org.apache.beam.sdk.transforms.DoFn.class)
            .should()
            .notBePublic()
            .andShould()
            .notBeAnonymousClasses();

    /** So that a bug in a step is the failure of its element. The exception reads a side input. */
    @ArchTest
    static final ArchRule stepsHaveNoDoFnsOfTheirOwn = classes()
            .that()
            .areAssignableTo(org.apache.beam.sdk.transforms.DoFn.class)
            .and()
            .doNotHaveFullyQualifiedName("dev.agon.corpus.LeaveOutParts$LeaveOut")
            .should()
            .resideInAnyPackage("dev.agon.concurrency..", "dev.agon.tables..");

    @ArchTest
    static final ArchRule publicTransformsAreFinal = classes()
            .that()
            .areAssignableTo(org.apache.beam.sdk.transforms.PTransform.class)
            .and()
            .arePublic()
            .should()
            .haveModifier(com.tngtech.archunit.core.domain.JavaModifier.FINAL);

    @ArchTest
    static final ArchRule idsAreFunctionsOfInputs = noClasses()
            .should()
            .callMethod(java.util.UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callConstructor(java.util.Random.class)
            .orShould()
            .callMethod(java.util.concurrent.ThreadLocalRandom.class, "current");

    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.agon.agent..",
                    "dev.agon.grading..",
                    "dev.agon.journal..",
                    "dev.agon.model..",
                    "dev.agon.prompts..",
                    "dev.agon.summarize..",
                    "dev.agon.tournament..",
                    "dev.agon.refine..",
                    "dev.agon.evidence..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule namesSaySomething = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager");
}
