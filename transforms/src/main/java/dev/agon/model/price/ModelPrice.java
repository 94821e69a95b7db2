package dev.agon.model.price;

import dev.agon.model.Price;
import java.util.OptionalLong;

/**
 * What a price table says of one model.
 *
 * @param price what its tokens cost
 * @param maxInputTokens the longest prompt it takes, in tokens, where the table says so
 */
public record ModelPrice(Price price, OptionalLong maxInputTokens) {}
