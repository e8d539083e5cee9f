"""What is asked over the web beside Teams' messages: pages, feeds, pictures and Graph's notices."""
