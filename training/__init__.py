"""Make and measure the embedded sentence encoder: training only, not part of the product."""
