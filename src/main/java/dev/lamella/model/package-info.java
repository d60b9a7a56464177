/**
 * Floor 5: bytes in, bytes out. A model file is a safetensors file that carries the architecture
 * and the preprocessing beside the weights, written atomically and read with every check of the
 * format. With both, a {@link dev.lamella.model.RowPredictor} answers raw rows.
 */
package dev.lamella.model;
