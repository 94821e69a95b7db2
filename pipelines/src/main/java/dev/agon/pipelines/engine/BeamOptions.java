package dev.agon.pipelines.engine;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.ServiceLoader;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;

/**
 * Makes Beam's options. What libraries add to the options that a command line may name is only looked for when it names one: Beam
 * checks each addition against all others, which takes longer than most commands.
 *
 * <p>In: words of a command line. Out: options, which take any of Beam's interfaces by {@code as} whether it was looked for or not. A
 * word that is no option is an {@link IllegalArgumentException}.
 */
public final class BeamOptions {

    private static final String REGISTRARS = "META-INF/services/" + PipelineOptionsRegistrar.class.getName();

    static {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(new WithoutRegistrars(before));
        try {
            PipelineOptionsFactory.getRegisteredOptions(); // Beam looks for registrars when its factory is first used
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private BeamOptions() {}

    /** The options of a command line that names none. */
    public static PipelineOptions none() {
        return PipelineOptionsFactory.create();
    }

    /** @param words such as {@code --runner=FlinkRunner} */
    static PipelineOptions of(List<String> words) {
        if (words.isEmpty()) {
            return none();
        }
        for (PipelineOptionsRegistrar registrar : ServiceLoader.load(PipelineOptionsRegistrar.class)) {
            registrar.getPipelineOptions().forEach(PipelineOptionsFactory::register);
        }
        return PipelineOptionsFactory.fromArgs(words.toArray(String[]::new))
                .withValidation()
                .create();
    }

    /** A class loader like another, but for the files that name registrars of options. */
    private static final class WithoutRegistrars extends ClassLoader {

        WithoutRegistrars(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals(REGISTRARS) ? Collections.emptyEnumeration() : super.getResources(name);
        }
    }
}
