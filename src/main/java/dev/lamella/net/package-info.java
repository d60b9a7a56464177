/**
 * What a network is, and asking it.
 *
 * <p>In reading order: {@link dev.lamella.net.Activation}, {@link dev.lamella.net.Dense} and {@link
 * dev.lamella.net.LayerSpec} say what a layer is; {@link dev.lamella.net.Network} is an immutable
 * list of layers with one flat array of parameters; {@link dev.lamella.net.NetworkBuilder} and
 * {@link dev.lamella.net.Initializer} make a fresh one; {@link dev.lamella.net.Predictor} asks it.
 */
@NullMarked
package dev.lamella.net;

import org.jspecify.annotations.NullMarked;
