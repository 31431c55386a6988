"""Who may stand twice: what bulk linking proposes, looked at side by side and judged; nothing is joined by itself."""
