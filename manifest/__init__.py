"""The Teams app package: what Teams shows of Almanac before anybody has talked to it."""
