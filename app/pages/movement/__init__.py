"""1+2: the taught person's own pages, the member's goal, the organisers' desk, the campaign everybody may see."""
