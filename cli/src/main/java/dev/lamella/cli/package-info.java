/** The command line: train, predict, evaluate and inspect from a shell. */
package dev.lamella.cli;
