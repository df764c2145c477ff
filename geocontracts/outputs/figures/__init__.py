"""Plates for reports: vector maps with legend, scale and sources, drawn without a browser."""
