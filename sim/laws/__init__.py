"""Laws: which way each lever and cause pulls, tried on organizations, draws of behaviour and broken models."""
