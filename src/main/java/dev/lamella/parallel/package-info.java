/**
 * Floor 2: splitting one piece of work over threads that the caller asked for. How work is split
 * never changes a result, because no sum is ever split between threads.
 */
package dev.lamella.parallel;
