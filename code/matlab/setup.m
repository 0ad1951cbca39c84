function setup()
%SETUP  Put the folder of every chapter on the path, for this session.
%   SETUP() makes all functions of the book known to MATLAB or Octave, wherever you are.
here = fileparts(mfilename('fullpath'));
entries = dir(here);
for k = 1:numel(entries)
    name = entries(k).name;
    if entries(k).isdir && name(1) ~= '.'
        addpath(fullfile(here, name));
    end
end
end
