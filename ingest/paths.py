"""Where the project's own files are: the seeds, the models and the samples stand beside this package."""

from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[1]
SEEDS = PROJECT_ROOT / "seeds"
SAMPLES = PROJECT_ROOT / "samples"
