"""The desk's forms: every act that asks for more than a key. `every` lists them by what a handler is doing."""
