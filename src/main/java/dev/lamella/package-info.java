/**
 * The front door: {@code Lamella.report()} says which kernels run here, at what width, and if they
 * are scalar, why.
 */
package dev.lamella;
