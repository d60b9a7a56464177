/** Floor 3: the checked public door to the matrix products, for callers who want only those. */
package dev.lamella.math;
