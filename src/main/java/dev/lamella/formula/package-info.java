/**
 * Floor 1: what is computed of single numbers, and the loops over them: activations, element-wise
 * losses, optimizer rules, conversions. A formula is one file with its scalar form, which is the
 * reference, and its vector form, which gives the same bits. Exported to no one.
 */
package dev.lamella.formula;
