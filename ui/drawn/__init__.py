"""What the timeline and the links share: inks, boxes, items that paint themselves, how keys and mouse take hold of them."""
