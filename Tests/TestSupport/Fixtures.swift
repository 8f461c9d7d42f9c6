// Most tests need the made-up and damaged files, so they come with the rest of the support.
@_exported import Fixtures
