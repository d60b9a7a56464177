/**
 * Floor 2: arithmetic on rows ({@code float[]}) and weight panels. Knows no network, checks nothing
 * beyond assertions, and is exported to no one. Each family of kernels has a scalar form, which is
 * the reference, and a vector form, which gives the same bits.
 */
package dev.lamella.kernel;
