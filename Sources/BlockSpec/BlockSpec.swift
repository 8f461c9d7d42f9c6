// BlockSpec
