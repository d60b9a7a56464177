/**
 * Floor 6: making a network better. Losses, optimizers and the trainer, which works on its own copy
 * of a network and returns a new one.
 */
package dev.lamella.train;
