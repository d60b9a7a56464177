/**
 * Floor 2: bytes in, bytes out. A model file is a safetensors file that carries the architecture
 * and the preprocessing beside the weights, written atomically and read with every check of the
 * format.
 */
package dev.lamella.model;
