package dev.agon.model.price;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Prices of models by their names: the table that Agon ships, or a file of the user in either form that {@link PriceFile} reads.
 *
 * <p>A name is looked up as it is, and then without its first part up to a {@code /}, which is how routers name a vendor. A
 * model that is not found so has no price: none is guessed from names that are alike. A file that cannot be read or used fails
 * with a {@link PriceException}.
 */
public final class PriceTable {

    private static final String SHIPPED = "prices.yaml";

    private final Map<String, ModelPrice> models;

    private PriceTable(Map<String, ModelPrice> models) {
        this.models = Map.copyOf(models);
    }

    /** The prices that Agon ships. */
    public static PriceTable shipped() {
        try (InputStream in = PriceTable.class.getResourceAsStream(SHIPPED)) {
            return of(SHIPPED, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the shipped prices cannot be read", e);
        }
    }

    /** The prices of a file. */
    public static PriceTable read(Path file) {
        try {
            return of(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new PriceException("prices: there is no file " + file, e);
        } catch (CharacterCodingException e) {
            throw new PriceException("prices: " + file + " is not UTF-8 text", e);
        } catch (IOException e) {
            throw new PriceException("prices: " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The prices of a text; the name is what messages call it. */
    static PriceTable of(String name, String text) {
        return new PriceTable(PriceFile.parse(name, text));
    }

    /** What the table says of a model, or nothing when it does not know it. */
    public Optional<ModelPrice> find(String model) {
        ModelPrice exact = models.get(model);
        return exact != null
                ? Optional.of(exact)
                : Optional.ofNullable(models.get(model.substring(model.indexOf('/') + 1)));
    }

    /** How many models the table knows. */
    public int size() {
        return models.size();
    }
}
