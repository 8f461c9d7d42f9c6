// SpecLoader
