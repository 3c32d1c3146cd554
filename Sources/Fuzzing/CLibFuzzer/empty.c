/* The package manager wants a source file in every C target. */
#include "CLibFuzzer.h"
