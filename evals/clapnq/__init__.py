"""CLAPNQ, a public set of questions with a passage each (Rosenthal et al. 2024): our own work beside published rows."""
