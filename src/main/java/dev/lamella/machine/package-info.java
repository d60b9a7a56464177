/**
 * Floor 0: what the processor and the virtual machine offer: the width of vectors, aligned memory,
 * copies of a class, and the reasons that speak against vectors. Exported to no one.
 */
package dev.lamella.machine;
