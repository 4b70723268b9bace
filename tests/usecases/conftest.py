from tests.aligning import aligning as aligning
from tests.cast import cast as cast
from tests.cast import quick_passwords as quick_passwords
