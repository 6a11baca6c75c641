"""An invented brief of the invented district: nobody in it exists, and no sentence was ever said."""
