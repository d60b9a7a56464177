/** Benchmarks: one class per operation or scenario, peers behind the same interface. */
package dev.lamella.jmh;
