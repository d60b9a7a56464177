/**
 * Floor 1: what a network is, and asking it. A network is an immutable value: a list of layers,
 * which are shapes and formulas, and one flat array of parameters.
 */
package dev.lamella.net;
