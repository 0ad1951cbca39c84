function g = unstretched(g, sizes)
%UNSTRETCHED  Add up a derivative over the copies that broadcasting made.
%   g = UNSTRETCHED(g, sizes)
%
%   g      matrix, derivatives by a matrix after it was stretched; then before
%   sizes  its numbers of rows and columns before
%
%   See also TAPE_GRADIENT.
for axis = 1:2
    if sizes(axis) == 1, g = sum(g, axis); end
end
end
